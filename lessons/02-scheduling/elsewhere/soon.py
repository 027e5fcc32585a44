# soon.py: now, soon and later in Python. Recorded with Python 3.11.2.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.2, print, "later")
    loop.call_soon(print, "soon")
    print("now")
    await asyncio.sleep(0.4)


asyncio.run(main())

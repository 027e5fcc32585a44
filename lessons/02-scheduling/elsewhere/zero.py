# zero.py: a delay of zero waits its turn. Recorded with Python 3.11.2.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0, print, "zero")
    loop.call_soon(print, "soon")
    await asyncio.sleep(0)
    print("main again")
    await asyncio.sleep(0)


asyncio.run(main())

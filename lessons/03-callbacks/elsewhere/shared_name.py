# shared_name.py: callbacks share the loop variable. Recorded with Python 3.11.2.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    for name in ("Ada", "Ben", "Cleo"):
        loop.call_soon(lambda: print("shared:", name))
        loop.call_soon(print, "passed:", name)
    await asyncio.sleep(0)


asyncio.run(main())

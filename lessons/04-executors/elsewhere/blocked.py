# blocked.py: a coroutine around a block holds up every timer. Recorded with Python 3.11.2.
import asyncio
import time


async def bad():
    time.sleep(0.3)
    print("bad: done")


async def main():
    asyncio.get_running_loop().call_later(0.1, print, "oven")
    await bad()
    await asyncio.sleep(0.1)


asyncio.run(main())

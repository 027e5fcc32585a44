# overlap.py: a thread waits, the loop goes on. Recorded with Python 3.11.2.
import asyncio
import time


def peel():
    time.sleep(0.3)
    return "potato"


async def main():
    loop = asyncio.get_running_loop()
    check = loop.run_in_executor(None, peel)
    print("ordered")
    await asyncio.sleep(0.1)
    print("onions")
    print(await check)


asyncio.run(main())

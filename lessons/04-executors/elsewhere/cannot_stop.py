# cannot_stop.py: a cancelled future, and a thread that goes on. Recorded with Python 3.11.2.
import asyncio
import time


def peel():
    time.sleep(0.3)
    print("helper: finished anyway")


async def main():
    check = asyncio.get_running_loop().run_in_executor(None, peel)
    await asyncio.sleep(0.1)
    check.cancel()
    print("cancelled:", check.cancelled())
    await asyncio.sleep(0.4)
    print("main done")


asyncio.run(main())

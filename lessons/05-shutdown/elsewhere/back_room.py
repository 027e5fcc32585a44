# back_room.py: run() waits for the jobs of the default pool. Recorded with Python 3.11.2.
import asyncio
import time


def peel():
    time.sleep(0.3)
    print("sack: peeled")


async def main():
    asyncio.get_running_loop().run_in_executor(None, peel)
    await asyncio.sleep(0.1)
    print("main ends")


asyncio.run(main())
print("closed")

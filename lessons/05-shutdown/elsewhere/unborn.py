# unborn.py: a task that is cancelled before its first step. Recorded with Python 3.11.2.
import asyncio


async def waiter():
    try:
        print("apron on")
        await asyncio.sleep(3600)
    finally:
        print("apron off")


async def main():
    ben = asyncio.create_task(waiter())
    ben.cancel()
    await asyncio.gather(ben, return_exceptions=True)
    print("cancelled:", ben.cancelled())


asyncio.run(main())

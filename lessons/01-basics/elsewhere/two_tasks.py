# two_tasks.py: the lesson's first prediction in Python. Recorded with Python 3.11.2.
import asyncio


async def work(name, delay):
    print(name, "started")
    await asyncio.sleep(delay)
    print(name, "finished")


async def main():
    await asyncio.gather(work("Task 1", 0.3), work("Task 2", 0.1))


asyncio.run(main())

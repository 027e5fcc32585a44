# lifecycle.py: the lesson's two tasks in Python. Recorded with Python 3.11.2.
import asyncio


async def task(name, delay):
    print(name, "starting")
    await asyncio.sleep(delay)
    print(name, "done")


async def main():
    a = asyncio.create_task(task("A", 0.2))
    b = asyncio.create_task(task("B", 0.1))
    print("waiting")
    await a
    await b


asyncio.run(main())

# eager_task.py: optional eager tasks start at once. Recorded with Python 3.12.1.
import asyncio


async def task(name):
    print(name, "starting")


async def main():
    lazy = asyncio.create_task(task("lazy task"))
    print("first task created")
    await lazy
    asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)
    eager = asyncio.create_task(task("eager task"))
    print("second task created")
    await eager


asyncio.run(main())

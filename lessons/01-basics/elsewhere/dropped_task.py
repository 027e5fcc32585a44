# dropped_task.py: a task nobody holds is garbage. Recorded with Python 3.11.2.
import asyncio
import gc


async def forgotten():
    try:
        await asyncio.Future()  # nothing but the task itself knows this future
    finally:
        print("task destroyed")


async def main():
    asyncio.create_task(forgotten())
    await asyncio.sleep(0.1)
    print("main collects")
    gc.collect()
    print("main ends")


asyncio.run(main())

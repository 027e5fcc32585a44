# closing_time.py: run() cuts what lasts longer than main. Recorded with Python 3.11.2.
import asyncio


async def cook(dish, delay):
    print(dish, "cooking")
    await asyncio.sleep(delay)
    print(dish, "ready")


async def main():
    cake = asyncio.create_task(cook("cake", 0.3))
    await asyncio.sleep(0.1)
    print("main ends")


asyncio.run(main())

# cede.py: awaiting what never waits lets nobody else run. Recorded with Python 3.11.2.
import asyncio


async def a():
    print("a")


async def b():
    print("b")


async def main():
    tb = asyncio.create_task(b())
    for _ in range(3):
        await a()
    await tb


asyncio.run(main())

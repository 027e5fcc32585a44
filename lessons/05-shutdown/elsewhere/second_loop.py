# second_loop.py: a loop in another thread, opened and closed there. Recorded with Python 3.11.2.
import asyncio


async def cook():
    await asyncio.sleep(0.3)
    return "soup from a second loop"


def second_kitchen():
    return asyncio.run(cook())


async def main():
    loop = asyncio.get_running_loop()
    soup = loop.run_in_executor(None, second_kitchen)
    await asyncio.sleep(0.1)
    print("the first loop turns")
    print(await soup)


asyncio.run(main())

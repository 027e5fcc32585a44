# sibling.py: gather hands on the first error, the sibling goes on. Recorded with Python 3.11.2.
import asyncio


async def failing():
    await asyncio.sleep(0.1)
    raise ValueError("Something went wrong")


async def sibling():
    await asyncio.sleep(0.3)
    print("sibling finished anyway")


async def main():
    try:
        await asyncio.gather(failing(), sibling())
    except ValueError as error:
        print("gather raised:", error)
    await asyncio.sleep(0.5)


asyncio.run(main())

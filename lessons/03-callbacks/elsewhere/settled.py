# settled.py: with return_exceptions an error is a result. Recorded with Python 3.11.2.
import asyncio


async def failing():
    await asyncio.sleep(0.1)
    raise ValueError("Something went wrong")


async def main():
    results = await asyncio.gather(failing(), asyncio.sleep(0.2), return_exceptions=True)
    for i, result in enumerate(results):
        if isinstance(result, Exception):
            print(f"Task {i} failed with: {result}")
        else:
            print(f"Task {i} succeeded")


asyncio.run(main())

# forgotten_await.py: a call without await runs nothing. Recorded with Python 3.11.2.
import asyncio


async def greet(name):
    print(f"Hello, {name}!")


async def main():
    card = greet("Ada")  # a warning on standard error says that nobody awaited it
    await greet("Ben")


asyncio.run(main())

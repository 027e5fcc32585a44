# cleanup.py: the clean-up may await, in the except block too. Recorded with Python 3.11.2.
import asyncio


async def waiter(name, dishes):
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        await asyncio.sleep(dishes)
        print(name, "clean")
        raise


async def main():
    a = asyncio.create_task(waiter("A", 0.3))
    b = asyncio.create_task(waiter("B", 0.1))
    await asyncio.sleep(0.1)
    a.cancel()
    b.cancel()
    print("cancel requested")
    await asyncio.gather(a, b, return_exceptions=True)
    print("all home")


asyncio.run(main())

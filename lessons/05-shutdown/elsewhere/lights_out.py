# lights_out.py: run() cancels again, amid a clean-up. Recorded with Python 3.11.2.
import asyncio


async def waiter():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print("washing up")
        await asyncio.sleep(0.3)
        print("apron off")
        raise


async def main():
    ada = asyncio.create_task(waiter())
    await asyncio.sleep(0.1)
    ada.cancel()
    print("go home, Ada")
    await asyncio.sleep(0.1)
    print("lights out")


asyncio.run(main())

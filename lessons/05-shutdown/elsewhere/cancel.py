# cancel.py: a request, an answer, and somebody who waits for it. Recorded with Python 3.11.2.
import asyncio


async def work():
    try:
        while True:
            print("working")
            await asyncio.sleep(0.2)
    except asyncio.CancelledError:
        print("cancelled")
        raise


async def main():
    task = asyncio.create_task(work())
    await asyncio.sleep(0.3)
    task.cancel()
    print("requested")


asyncio.run(main())

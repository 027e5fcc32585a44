# recipe.py: a shutdown that cancels everybody else, main included. Recorded with Python 3.11.2.
import asyncio
import os
import signal


async def serve():
    try:
        await asyncio.sleep(3600)
    except asyncio.CancelledError:
        print("srv closing")
        await asyncio.sleep(0.1)
        print("srv closed")
        raise


async def shutdown():
    print("Shutting down...")
    tasks = [t for t in asyncio.all_tasks() if t is not asyncio.current_task()]
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    print("all have ended")
    asyncio.get_running_loop().stop()


async def main():
    loop = asyncio.get_running_loop()
    kept = []
    loop.add_signal_handler(
        signal.SIGTERM, lambda: kept.append(asyncio.create_task(shutdown()))
    )
    loop.call_later(0.2, os.kill, os.getpid(), signal.SIGTERM)
    srv = asyncio.create_task(serve())
    await asyncio.sleep(3600)
    await srv


try:
    asyncio.run(main())
except asyncio.CancelledError:
    print("run() raised CancelledError")

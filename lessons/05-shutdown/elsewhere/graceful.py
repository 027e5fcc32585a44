# graceful.py: a signal sets an event, and main does the rest. Recorded with Python 3.11.2.
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


async def main():
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.call_later(0.2, os.kill, os.getpid(), signal.SIGTERM)
    srv = asyncio.create_task(serve())
    await stop.wait()
    print("Shutting down...")
    srv.cancel()
    await asyncio.gather(srv, return_exceptions=True)
    print("bye")


asyncio.run(main())

# by_hand.py: stop() and close(), and a task that was never asked. Recorded with Python 3.11.2.
import asyncio


async def server():
    try:
        while True:
            print("request")
            await asyncio.sleep(0.2)
    except asyncio.CancelledError:
        print("clean-up")
        raise


loop = asyncio.new_event_loop()
task = loop.create_task(server())
loop.call_later(0.3, loop.stop)
loop.run_forever()
print("stopped, done:", task.done())
loop.call_soon(print, "a late callback")
loop.close()
print("closed")

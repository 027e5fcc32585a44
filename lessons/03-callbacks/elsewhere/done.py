# done.py: a done-callback goes to the back of the one ready queue. Recorded with Python 3.11.2.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    future.add_done_callback(lambda f: print("callback", f.result()))
    loop.call_soon(print, "queued before")
    future.set_result(42)
    print("after set")
    await asyncio.sleep(0.1)


asyncio.run(main())

# known.py: news that is there already: an await goes on, a callback waits. Recorded with Python 3.11.2.
import asyncio


async def main():
    future = asyncio.get_running_loop().create_future()
    future.set_result(42)
    future.add_done_callback(lambda f: print("callback:", f.result()))
    print("main:", await future)
    await asyncio.sleep(0)


asyncio.run(main())

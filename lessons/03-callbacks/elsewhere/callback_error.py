# callback_error.py: the error of one callback goes to the handler. Recorded with Python 3.11.2.
import asyncio


def fail(future):
    raise ValueError("dead battery")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("log:", context["exception"]))
    future = loop.create_future()
    future.add_done_callback(fail)
    future.add_done_callback(lambda f: print("Ben"))
    future.set_result(None)
    await asyncio.sleep(0)


asyncio.run(main())

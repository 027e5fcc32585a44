# unasked.py: an error that nobody asks for is reported, late. Recorded with Python 3.11.2.
import asyncio


async def print_poster():
    raise ValueError("out of paper")


async def main():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda loop, context: print("log:", context["message"]))
    task = asyncio.create_task(print_poster())
    await asyncio.sleep(0.1)
    print("main: all printed?")
    del task
    print("main ends")


asyncio.run(main())

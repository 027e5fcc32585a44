# other_thread.py: debug mode notices a thread that is not the loop's. Recorded with Python 3.11.2.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    try:
        await loop.run_in_executor(None, loop.call_soon, print, "half of it")
    except RuntimeError as error:
        print(error)


asyncio.run(main(), debug=True)

# stopped.py: stop() takes the loop away from run(). Recorded with Python 3.11.2.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.1, loop.stop)
    await asyncio.sleep(0.3)
    print("never said")


try:
    asyncio.run(main())
except RuntimeError as error:
    print(error)

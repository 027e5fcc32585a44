# current_loop.py: the loop outside and inside of run. Recorded with Python 3.11.2.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    print("inside:", "a running loop" if loop.is_running() else "no running loop")


try:
    asyncio.get_running_loop()
except RuntimeError as error:
    print("outside:", error)
asyncio.run(main())

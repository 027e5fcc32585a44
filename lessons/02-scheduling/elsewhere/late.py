# late.py: late timers run by their dates in Python too. Recorded with Python 3.11.2.
import asyncio
import time


async def main():
    loop = asyncio.get_running_loop()
    for delay in (0.2, 0.1, 0.6):
        loop.call_later(delay, print, delay)
    loop.call_soon(print, "soon")
    time.sleep(0.4)
    print("unblocked")
    await asyncio.sleep(0.4)


asyncio.run(main())

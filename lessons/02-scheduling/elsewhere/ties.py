# ties.py: five timers with one deadline keep no order. Recorded with Python 3.11.2.
import asyncio


async def main():
    loop = asyncio.get_running_loop()
    when = loop.time() + 0.1
    for number in range(5):
        loop.call_at(when, print, number)
    await asyncio.sleep(0.2)


asyncio.run(main())

# scope.py: the end of a pool's with-block holds up the loop. Recorded with Python 3.11.2.
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


async def main():
    loop = asyncio.get_running_loop()
    loop.call_later(0.1, print, "oven")
    with ThreadPoolExecutor(1) as helpers:
        loop.run_in_executor(helpers, time.sleep, 0.3)
    print("next line")
    await asyncio.sleep(0.1)


asyncio.run(main())

# lock.py: two threads that compute use no more than one core. Recorded with Python 3.11.2.
import asyncio
import time
from concurrent.futures import ThreadPoolExecutor


def count():
    end = time.process_time() + 0.5
    while time.process_time() < end:
        pass


async def main():
    loop = asyncio.get_running_loop()
    begin, used = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(2) as pool:
        await asyncio.gather(*(loop.run_in_executor(pool, count) for _ in range(2)))
    wall, cpu = time.perf_counter() - begin, time.process_time() - used
    print("more than one core at work:", cpu > 1.5 * wall)


asyncio.run(main())

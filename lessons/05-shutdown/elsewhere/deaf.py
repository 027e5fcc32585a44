# deaf.py: a blocked loop hears a signal late. Recorded with Python 3.11.2.
import asyncio
import os
import signal
import time


async def main():
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, print, "SIGTERM")
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(0.2)
    print("dough kneaded")
    await asyncio.sleep(0.1)


asyncio.run(main())

# next_door.py: a process works on its own table. Recorded with Python 3.11.2.
import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

potatoes = 0


def peel(more):
    global potatoes
    potatoes += more
    return potatoes


async def main():
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1) as next_door, ThreadPoolExecutor(1) as back_room:
        counted = await loop.run_in_executor(next_door, peel, 5)
        print("next door counts", counted, "- on the table:", potatoes)
        counted = await loop.run_in_executor(back_room, peel, 3)
        print("the back room counts", counted, "- on the table:", potatoes)


if __name__ == "__main__":
    asyncio.run(main())

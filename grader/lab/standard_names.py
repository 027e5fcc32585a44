# Which header of the standard library a name belongs to, and words that other languages spell so.
from __future__ import annotations

# Words of Python and JavaScript: what is written here instead.
ELSEWHERE = {
    "await": "in C++ it is `co_await`, not `await`.",
    "yield": "in C++ it is `co_yield`, not `yield`.",
    "async": "C++ has no word `async`: a function is a coroutine if it returns a `Coro<...>` and"
    " uses `co_await` or `co_return`.",
}

HEADERS = {
    name: header
    for header, names in {
        "algorithm": "sort stable_sort min max minmax find find_if count count_if all_of any_of"
        " none_of max_element min_element reverse transform copy fill for_each clamp ranges",
        "numeric": "accumulate iota reduce partial_sum",
        "vector": "vector",
        "string": "string to_string stoi getline",
        "string_view": "string_view",
        "map": "map multimap",
        "set": "set multiset",
        "unordered_map": "unordered_map",
        "unordered_set": "unordered_set",
        "deque": "deque",
        "queue": "queue priority_queue",
        "array": "array",
        "list": "list",
        "tuple": "tuple make_tuple tie",
        "optional": "optional nullopt make_optional",
        "variant": "variant get_if visit",
        "functional": "function bind hash",
        "memory": "unique_ptr shared_ptr make_unique make_shared weak_ptr",
        "utility": "pair move make_pair swap exchange forward",
        "chrono": "chrono",
        "iostream": "cout cerr cin endl",
        "sstream": "stringstream ostringstream istringstream",
        "iomanip": "setw setprecision setfill fixed",
        "stdexcept": "runtime_error logic_error invalid_argument out_of_range",
        "thread": "thread this_thread jthread",
        "mutex": "mutex lock_guard unique_lock scoped_lock",
        "cmath": "round floor ceil sqrt pow abs",
        "cstdio": "printf puts fprintf",
        "cstdint": "int64_t uint64_t int32_t uint32_t",
        "cassert": "assert",
        "random": "mt19937 random_device uniform_int_distribution",
        "format": "format",
    }.items()
    for name in names.split()
}

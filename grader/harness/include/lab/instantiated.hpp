// instantiated.hpp: templates that nearly every answer uses, compiled once into the harness.
//
// Without optimisation a compiler spends most of its time on the small functions of strings,
// vectors and tasks. Each declaration here says: somebody else has compiled that one
// (instantiated.cpp). It halves the time from a save to a verdict, and changes nothing else.
#pragma once

#include <string>
#include <utility>
#include <vector>

#ifdef LAB_PREDICT
#include <ex.hpp>
#define LAB_INSTANTIATE_ALL(prefix)                                                                \
    prefix class std::basic_string<char>;                                                          \
    prefix class std::vector<std::string>;                                                         \
    prefix class std::vector<Line>;                                                                \
    prefix class std::vector<ms>;
#else
#include <aio/lab.hpp>

// clang-format off
#define LAB_INSTANTIATE_RESULT(prefix, T)                                       \
    prefix class aio::Coro<T>;                                                  \
    prefix class aio::detail::Ref<aio::detail::FutureState<T>>;                 \
    prefix class aio::detail::Ref<aio::detail::TaskState<T>>;                   \
    prefix class aio::detail::FutureState<T>;                                   \
    prefix class aio::detail::TaskState<T>;                                     \
    prefix class aio::Future<T>;                                                \
    prefix class aio::Task<T>;                                                  \
    prefix struct aio::detail::CoroAwaiter<T>;                                  \
    prefix struct aio::detail::FutureAwaiter<T>;                                \
    prefix class std::vector<aio::Task<T>>;                                     \
    prefix aio::Task<T> aio::create_task(aio::Coro<T>, std::string);            \
    prefix aio::Task<T> aio::EventLoop::create_task(aio::Coro<T>, std::string); \
    prefix aio::Future<std::vector<aio::detail::Stored<T>>>                     \
    aio::gather(std::vector<aio::Coro<T>>);                                     \
    prefix aio::Future<std::vector<aio::detail::Stored<T>>>                     \
    aio::gather(std::vector<aio::Task<T>>);                                     \
    prefix T aio::run(aio::Coro<T>, aio::RunOptions);

#define LAB_INSTANTIATE_VALUE(prefix, T)         \
    prefix struct aio::detail::Promise<T>;       \
    prefix class std::optional<T>;               \
    LAB_INSTANTIATE_RESULT(prefix, T)

#define LAB_INSTANTIATE_ALL(prefix)                            \
    prefix class std::basic_string<char>;                      \
    prefix class std::vector<std::string>;                     \
    prefix class std::vector<int>;                             \
    prefix class std::vector<std::pair<std::string, aio::ms>>; \
    LAB_INSTANTIATE_RESULT(prefix, void)                       \
    LAB_INSTANTIATE_VALUE(prefix, int)                         \
    LAB_INSTANTIATE_VALUE(prefix, std::string)                 \
    LAB_INSTANTIATE_VALUE(prefix, std::vector<int>)            \
    LAB_INSTANTIATE_VALUE(prefix, std::vector<std::string>)
// clang-format on
#endif

#define LAB_EXTERN extern template
LAB_INSTANTIATE_ALL(LAB_EXTERN)

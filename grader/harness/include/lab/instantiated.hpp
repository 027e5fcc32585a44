// instantiated.hpp: templates that nearly every answer uses, compiled once into the harness.
//
// Without optimisation a compiler spends most of its time on the small functions of strings,
// vectors and tasks. Each declaration here says: somebody else has compiled that one
// (instantiated.cpp). It halves the time from a save to a verdict, and changes nothing else.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

// Member templates are not part of their class's instantiation.
// clang-format off
#define LAB_INSTANTIATE_TEXT(prefix)                                                               \
    prefix class std::basic_string<char>;                                                          \
    prefix std::string::basic_string(const char*, const std::allocator<char>&);                    \
    prefix std::string std::operator+(std::string&&, const char*);                                 \
    prefix std::string std::operator+(std::string&&, std::string&&);                               \
    prefix std::string std::operator+(std::string&&, const std::string&);                          \
    prefix std::string std::operator+(const char*, const std::string&);                            \
    prefix std::string std::operator+(const std::string&, const char*);                            \
    prefix std::string std::operator+(const std::string&, const std::string&);                     \
    prefix class std::vector<std::string>;                                                         \
    prefix class std::vector<std::chrono::milliseconds>;
// clang-format on

#ifdef LAB_PREDICT
#include <ex.hpp>
#define LAB_INSTANTIATE_ALL(prefix)                                                                \
    LAB_INSTANTIATE_TEXT(prefix)                                                                   \
    prefix class std::vector<Line>;
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
    prefix aio::detail::CoroAwaiter<T>                                          \
    aio::detail::AwaitTransform::await_transform(aio::Coro<T>&&);               \
    prefix aio::detail::FutureAwaiter<T>                                        \
    aio::detail::AwaitTransform::await_transform(const aio::Future<T>&);        \
    prefix void aio::detail::CoroAwaiter<T>::await_suspend(                     \
        std::coroutine_handle<aio::detail::Promise<void>>) noexcept;            \
    prefix void aio::detail::FutureAwaiter<T>::await_suspend(                   \
        std::coroutine_handle<aio::detail::Promise<void>>);                     \
    prefix void aio::detail::FinalStop::await_suspend(                          \
        std::coroutine_handle<aio::detail::Promise<T>>) noexcept;               \
    prefix void std::vector<aio::Coro<T>>::push_back(aio::Coro<T>&&);           \
    prefix aio::Coro<T>& std::vector<aio::Coro<T>>::emplace_back(aio::Coro<T>&&); \
    prefix void std::vector<aio::Coro<T>>::reserve(std::size_t);                \
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
    LAB_INSTANTIATE_TEXT(prefix)                               \
    prefix class std::vector<int>;                             \
    prefix struct std::pair<std::string, aio::ms>;             \
    prefix class std::vector<std::pair<std::string, aio::ms>>; \
    prefix void aio::say(std::string_view, const std::string&); \
    prefix void aio::say(std::string_view, const std::string&, const std::string&); \
    prefix void aio::say(std::string_view, const std::string&, const int&); \
    prefix void aio::say(std::string_view, const int&);        \
    prefix void aio::say(std::string_view, const double&);     \
    LAB_INSTANTIATE_RESULT(prefix, void)                       \
    LAB_INSTANTIATE_VALUE(prefix, int)                         \
    LAB_INSTANTIATE_VALUE(prefix, std::string)                 \
    LAB_INSTANTIATE_VALUE(prefix, std::vector<int>)            \
    LAB_INSTANTIATE_VALUE(prefix, std::vector<std::string>)
// clang-format on
#endif

#define LAB_EXTERN extern template
LAB_INSTANTIATE_ALL(LAB_EXTERN)

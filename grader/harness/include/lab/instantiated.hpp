// instantiated.hpp: templates that nearly every answer uses, compiled once into the harness.
//
// Without optimisation a compiler spends most of its time on the small functions of strings,
// vectors and tasks. Each declaration here says: somebody else has compiled that one
// (instantiated.cpp). It halves the time from a save to a verdict, and changes nothing else.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <string_view>
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
    prefix class std::vector<std::chrono::milliseconds>;                                           \
    prefix class std::basic_string_view<char>;                                                     \
    prefix std::chrono::nanoseconds::duration(const std::chrono::milliseconds&);                   \
    prefix const std::size_t& std::min(const std::size_t&, const std::size_t&);                    \
    prefix const std::size_t& std::max(const std::size_t&, const std::size_t&);
// clang-format on

// What std::stoi, to_string and the like stand on. These names are the library's own, so only the
// release that was looked at is meant; with another an answer takes a little longer.
#if defined(__GNUC__) && !defined(__clang__) && _GLIBCXX_RELEASE == 12
// clang-format off
#define LAB_INSTANTIATE_STO(prefix, Result, Raw, Char, ...)                                        \
    prefix Result __gnu_cxx::__stoa(Raw (*)(const Char*, Char** __VA_OPT__(,) __VA_ARGS__),        \
                                    const char*, const Char*,                                      \
                                    std::size_t* __VA_OPT__(,) __VA_ARGS__);
#define LAB_INSTANTIATE_STOS(prefix, Char)                                                         \
    LAB_INSTANTIATE_STO(prefix, int, long, Char, int)                                              \
    LAB_INSTANTIATE_STO(prefix, long, long, Char, int)                                             \
    LAB_INSTANTIATE_STO(prefix, unsigned long, unsigned long, Char, int)                           \
    LAB_INSTANTIATE_STO(prefix, long long, long long, Char, int)                                   \
    LAB_INSTANTIATE_STO(prefix, unsigned long long, unsigned long long, Char, int)                 \
    LAB_INSTANTIATE_STO(prefix, float, float, Char)                                                \
    LAB_INSTANTIATE_STO(prefix, double, double, Char)                                              \
    LAB_INSTANTIATE_STO(prefix, long double, long double, Char)                                    \
    prefix std::basic_string<Char> __gnu_cxx::__to_xstring(                                        \
        int (*)(Char*, std::size_t, const Char*, __builtin_va_list), std::size_t, const Char*, ...);
#define LAB_INSTANTIATE_NUMBERS(prefix)                                                            \
    LAB_INSTANTIATE_STOS(prefix, char)                                                             \
    LAB_INSTANTIATE_STOS(prefix, wchar_t)                                                          \
    prefix void std::__detail::__to_chars_10_impl(char*, unsigned, unsigned) noexcept;             \
    prefix void std::__detail::__to_chars_10_impl(char*, unsigned, unsigned long) noexcept;        \
    prefix void std::__detail::__to_chars_10_impl(char*, unsigned, unsigned long long) noexcept;
// clang-format on
#else
#define LAB_INSTANTIATE_NUMBERS(prefix)
#endif

#ifdef LAB_PREDICT
#include <ex.hpp>
#define LAB_INSTANTIATE_ALL(prefix)                                                                \
    LAB_INSTANTIATE_NUMBERS(prefix)                                                                \
    LAB_INSTANTIATE_TEXT(prefix)                                                                   \
    prefix class std::vector<Line>;
#else
#include <aio/lab.hpp>

// clang-format off
#define LAB_INSTANTIATE_RESULT(prefix, T)                                       \
    prefix struct std::coroutine_handle<aio::detail::Promise<T>>;               \
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
    prefix bool aio::detail::CoroAwaiter<T>::await_suspend(                     \
        std::coroutine_handle<aio::detail::Promise<void>>) noexcept;            \
    prefix void aio::detail::Awaiter<aio::detail::FutureState<T>>::await_suspend( \
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
    prefix void aio::detail::Promise<T>::return_value(T&&); \
    prefix void aio::detail::Promise<T>::return_value(T&); \
    prefix void aio::detail::Promise<T>::return_value(const T&); \
    prefix class std::optional<T>;               \
    LAB_INSTANTIATE_RESULT(prefix, T)

#define LAB_INSTANTIATE_ALL(prefix)                            \
    LAB_INSTANTIATE_NUMBERS(prefix)                                                                \
    LAB_INSTANTIATE_TEXT(prefix)                               \
    prefix class std::vector<int>;                             \
    prefix struct std::pair<std::string, aio::ms>;             \
    prefix class std::vector<std::pair<std::string, aio::ms>>; \
    prefix void aio::say(std::string_view);                    \
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

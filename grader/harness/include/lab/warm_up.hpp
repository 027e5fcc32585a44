// warm_up.hpp: work that g++ would do again for each answer, done once in the precompiled header.
//
// The standard library's own inline functions (to_string, operator""s, the calendar) use templates.
// g++ writes a precompiled header before it instantiates what they use, and so each unit that loads
// it begins with hundreds of functions of strings of five kinds of characters, whatever it holds.
// But what a constant expression calls is instantiated on the spot: here it is called.
//
// Nothing here runs, and nothing depends on it but the time that an answer takes to compile.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>

#if defined(__GNUC__) && !defined(__clang__) && __cpp_lib_constexpr_string >= 201907L
namespace lab::warm_up {

template <class... T> constexpr void use(const T&... /*values*/) {}

template <class Char> constexpr bool text() {
    using Text = std::basic_string<Char>;
    constexpr Char letters[] = {'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i',
                                'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 0};
    const Char letter = letters[0];
    const std::basic_string_view<Char> view = letters;
    const std::basic_string_view<Char> part(letters, 3);

    Text a(letters), b(3, letter), c(a), d(b.begin(), b.end()), e(std::move(a)), f(view), g;
    Text h(letters, 17);
    a = e, a = letters, a = letter, a = std::move(b), a = view, a = Text(letters), b = Text(part);
    a += c, a += letters, a += letter, a += view;
    a.append(letters, 2), a.append(3, letter), a.append(b), a.append(letters);
    a.reserve(100), a.resize(20), a.insert(0, letters), a.insert(1, b), a.erase(0, 1);
    a.replace(0, 1, letters), a.swap(b), a.push_back(letter), a.pop_back(), a.clear();
    a = c + d, a = c + letters, a = letters + c, a = c + letter, a = c + Text(d);
    a = Text(c) + letters, a = Text(c) + d, a = letters + Text(c), a = Text(c) + Text(d);
    a = Text(c) + letter, a.shrink_to_fit();
    for (Char& one : a) {
        one = letter;
    }
    use(a.size(), a.length(), a.find(letter), a.find(letters), a.rfind(letter), a.empty(), a == c);
    use(a < c, a == letters, letters == a, a.compare(c), a.compare(letters), a[0], c[0], c.at(0));
    use(c.front(), *c.begin(), c.back(), a.front(), a.back(), *a.c_str(), *a.data(), *c.data());
    use(a.substr(1), a.max_size(), a.capacity(), c.end() != c.begin(), *a.rbegin());
    use(view < part, view != part, view.substr(1), view.size(), view.length(), *view.data());
    use(view.find(letter), view.empty(), view.begin() != view.end(), view.starts_with(letter));
    return true;
}
static_assert(text<char>() && text<wchar_t>() && text<char8_t>() && text<char16_t>() &&
              text<char32_t>());

constexpr bool time() {
    using namespace std::chrono;
    milliseconds a(1);
    const seconds s(1);
    nanoseconds n = a;
    const microseconds u = s;
    a += s, a = s, a -= a, n = s, a = a + s, a = a - s, a = 2 * a, a = a * 2, a = a / 2;
    n += a, n = n + a, n = n - a, a = duration_cast<milliseconds>(n);
    use(duration_cast<seconds>(a), duration_cast<nanoseconds>(a), a == a, a < a, a <= a, a >= s);
    use(a > s, n == a, -a, +a, a.count(), n <= s, n<s, s> n, n > a, a / a, a % a, a < s, s != a, u);
    use(sys_days(2000y / 1 / 1), year_month_day(sys_days(2000y / 1 / 1)), hh_mm_ss(a));
    return true;
}
static_assert(time());

} // namespace lab::warm_up
#endif

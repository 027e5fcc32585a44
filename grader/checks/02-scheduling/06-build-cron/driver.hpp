// driver.hpp: hands the student's Cron to the script of the case.
#pragma once
#include "script.hpp"

namespace exercise {

class TheirCron final : public AnyCron {
public:
    explicit TheirCron(aio::EventLoop& loop) : cron_(loop) {}
    int every(aio::ms period, aio::Callback f) override {
        return cron_.every(period, std::move(f));
    }
    int at(aio::ms when, aio::Callback f) override { return cron_.at(when, std::move(f)); }
    bool cancel(int id) override { return cron_.cancel(id); }
    std::optional<aio::ms> next() const override { return cron_.next(); }

private:
    Cron cron_;
};

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::run_script(seed, [](aio::EventLoop& loop) -> std::unique_ptr<exercise::AnyCron> {
        return std::make_unique<exercise::TheirCron>(loop);
    });
}

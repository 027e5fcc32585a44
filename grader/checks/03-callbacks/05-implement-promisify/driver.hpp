// driver.hpp: the sensors behind read, and read_async, for the script of the case.
#pragma once
#include "script.hpp"

#include <vector>

void Sensor::read(std::function<void(int value, std::string error)> cb) {
    exercise::read(this, std::move(cb));
}

namespace exercise {

std::vector<Sensor> sensors;

void make_sensors(std::size_t count) { sensors.resize(count); }
const void* sensor_at(std::size_t index) { return &sensors[index]; }
aio::Coro<int> read_sensor(std::size_t index) { return read_async(sensors[index]); }

} // namespace exercise

extern "C" void lab_entry(std::uint64_t seed) {
    exercise::run_script(seed,
                         {exercise::make_sensors, exercise::sensor_at, exercise::read_sensor});
}

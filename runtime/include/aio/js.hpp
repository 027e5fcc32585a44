// js.hpp: JavaScript's loop, in reading order.
//
// Floor 4: beside futures, below coroutines.
#pragma once

#include "aio/js/queues.hpp"
#include "aio/js/promise_state.hpp"
#include "aio/js/promise.hpp"
#include "aio/js/combine.hpp"
#include "aio/js/async.hpp"
#include "aio/js/element.hpp"

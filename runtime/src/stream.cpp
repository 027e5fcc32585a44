// stream.cpp: the buffers between a channel and the tasks that read and write.
#include "aio/stream.hpp"

#include <algorithm>
#include <system_error>

namespace aio {
namespace detail {

void ByteQueue::append(std::string_view more) { bytes_.append(more); }

char* ByteQueue::extend(std::size_t count) {
    bytes_.resize(bytes_.size() + count);
    return bytes_.data() + bytes_.size() - count;
}

void ByteQueue::drop(std::size_t count) {
    begin_ += count;
    if (begin_ * 2 >= bytes_.size()) { // at least as much is dropped as is moved
        bytes_.erase(0, std::exchange(begin_, 0));
    }
}

std::string ByteQueue::take(std::size_t count) {
    if (begin_ == 0 && count >= bytes_.size() && bytes_.size() >= bytes_.capacity() / 2) {
        return std::exchange(bytes_, {});
    }
    std::string taken(view().substr(0, count));
    drop(taken.size());
    return taken;
}

Future<void> Bell::wait(const char* what) {
    std::erase_if(waiting_, [](const Future<void>& future) { return future.done(); }); // cancelled
    return waiting_.emplace_back(Ref(new FutureState<void>(get_running_loop(), what)));
}

void Bell::ring() {
    for (const Future<void>& future : waiting_) { // this runs nobody, so nobody is added meanwhile
        if (!future.done()) {
            future.set_result();
        }
    }
    waiting_.clear(); // and its memory stays for those who come next
}

bool Bell::has_waiters() const {
    return std::any_of(waiting_.begin(), waiting_.end(),
                       [](const Future<void>& future) { return !future.done(); });
}

Stream::Stream(std::unique_ptr<Channel> channel, std::size_t limit_bytes)
    : limit(limit_bytes), peer(channel->peer), loop_(get_running_loop().id()),
      channel_(std::move(channel)) {
    AIO_TRACE("io.open", {{"fd", channel_->id}, {"peer", peer}});
}

void Stream::begin() { read_ahead(true); }

Connection Stream::connection() { return {StreamReader(Ref(this)), StreamWriter(Ref(this))}; }

void Stream::read_ahead(bool on) {
    if (channel_ != nullptr && on != reading_) {
        reading_ = on;
        on ? channel_->on_readable([this] { receive(); }) : channel_->on_readable(nullptr);
    }
}

void Stream::receive() {
    const Ref self(this); // the loop may let go of it
    AIO_TRACE("io.ready", {{"fd", channel_->id}});
    if (channel_->read_late(has_room_) && data.has_waiters()) {
        due_ = true;
        data.ring();
    } else {
        fill();
    }
}

std::size_t Stream::fill(std::span<char> memory) {
    due_ = false;
    std::optional<std::size_t> count;
    try {
        count = memory.empty() ? channel_->read(in) : channel_->read_into(memory);
    } catch (const std::system_error&) {
        lose(std::current_exception());
    }
    if (!count) {
        return 0; // a false alarm, or the connection is lost
    }
    AIO_TRACE("io.read", {{"fd", channel_->id}, {"bytes", *count}});
    at_end = *count == 0;
    if (at_end || in.size() > 2 * limit) { // the network holds the rest, and so the peer back
        read_ahead(false);
    }
    data.ring();
    return *count;
}

Future<void> Stream::more(const char* caller, bool has_room) {
    if (data.has_waiters()) {
        throw Error(std::string(caller) + "() called while another task waits for data here");
    }
    read_ahead(!closing); // also above twice the limit: somebody wants more
    has_room_ = has_room;
    return data.wait("data of a stream");
}

std::size_t Stream::woken(std::span<char> memory) {
    const std::size_t came = due_ && !closing ? fill(memory) : 0;
    throw_error();
    return memory.empty() ? 0 : came;
}

void Stream::throw_error() const {
    if (error_ != nullptr) {
        std::rethrow_exception(error_);
    }
}

std::string Stream::take(std::size_t count) {
    std::string taken = in.take(count);
    if (!at_end && !closing && in.size() <= limit) {
        read_ahead(true);
    }
    return taken;
}

void Stream::write(std::string_view bytes) {
    if (ending_) {
        throw Error("cannot write after write_eof()");
    }
    if (closing || bytes.empty()) {
        return;
    }
    if (out.size() == 0) { // mostly all of it leaves at once, and is never buffered
        bytes.remove_prefix(send(bytes));
    }
    if (!closed() && !bytes.empty()) {
        out.append(bytes);
        wait_for_room(true);
        press();
    }
}

void Stream::press() {
    if (out.size() > high && !pressed) {
        pressed = true;
        note_level();
    }
}

void Stream::note_level() {
    AIO_TRACE("io.buffer",
              {{"fd", channel_->id}, {"buffered", out.size()}, {"mark", pressed ? "high" : "low"}});
}

/// Sends what the channel takes now. Returns: how many bytes; an error closes the connection.
std::size_t Stream::send(std::string_view bytes) {
    std::size_t sent = 0;
    try {
        while (sent < bytes.size()) {
            const auto count = channel_->write(bytes.substr(sent));
            if (!count) {
                break;
            }
            AIO_TRACE("io.write", {{"fd", channel_->id}, {"bytes", *count}});
            sent += *count;
        }
    } catch (const std::system_error&) {
        lose(std::current_exception());
    }
    return sent;
}

void Stream::flush() {
    const Ref self(this); // the loop may let go of it
    const std::size_t sent = send(out.view());
    if (closed()) {
        return;
    }
    out.drop(sent);
    wait_for_room(out.size() > 0);
    if (pressed && out.size() <= low) {
        pressed = false;
        note_level();
        room.ring();
    }
    if (out.size() == 0 && ending_) {
        channel_->end();
    }
    if (out.size() == 0 && closing) {
        lose(nullptr);
    }
}

void Stream::wait_for_room(bool on) {
    EventLoop* loop = EventLoop::find(loop_);
    if (on == std::exchange(writing_, on) || loop == nullptr || loop->is_closed()) {
        return;
    }
    if (on) {
        channel_->on_writable([this] { flush(); });
        loop->kept_.emplace(this, std::make_shared<Ref<Stream>>(this));
    } else {
        channel_->on_writable(nullptr);
        loop->kept_.erase(this);
    }
}

void Stream::write_eof() {
    if (!std::exchange(ending_, true) && !closing && out.size() == 0) {
        channel_->end();
    }
}

void Stream::close() {
    if (std::exchange(closing, true)) {
        return;
    }
    read_ahead(false);
    if (out.size() == 0) {
        lose(nullptr);
    }
}

Stream::~Stream() { lose(nullptr); }

bool Stream::closed() const noexcept { return channel_ == nullptr; }

void Stream::lose(std::exception_ptr error) {
    if (channel_ == nullptr) {
        return;
    }
    AIO_TRACE("io.close", {{"fd", channel_->id}});
    wait_for_room(false);
    channel_.reset();
    error_ = std::move(error);
    closing = at_end = true;
    pressed = reading_ = false;
    out = {};
    data.ring();
    room.ring();
    gone.ring();
}

namespace {

using Shared = Ref<Stream>;

Coro<std::string> read_some(Shared stream, std::size_t size_bytes) {
    stream->throw_error();
    while (size_bytes > 0 && stream->in.size() == 0 && !stream->at_end) {
        co_await stream->more("read");
        stream->woken();
    }
    co_return stream->take(size_bytes);
}

Coro<std::size_t> read_into_room(Shared stream, std::span<char> room) {
    stream->throw_error();
    while (!room.empty() && stream->in.size() == 0 && !stream->at_end) {
        co_await stream->more("read_into", true);
        if (const std::size_t came = stream->woken(room); came > 0) {
            co_return came;
        }
    }
    co_return stream->take(room.size()).copy(room.data(), room.size()); // read ahead
}

Coro<std::string> read_all(Shared stream) {
    std::string all;
    std::string more = co_await read_some(stream, stream->limit);
    while (!more.empty()) {
        all += more;
        more = co_await read_some(stream, stream->limit);
    }
    co_return all;
}

Coro<std::string> read_exactly(Shared stream, std::size_t size_bytes) {
    stream->throw_error();
    while (stream->in.size() < size_bytes) {
        if (stream->at_end) {
            throw IncompleteReadError(stream->take(stream->in.size()), size_bytes);
        }
        co_await stream->more("readexactly");
        stream->woken();
    }
    co_return stream->take(size_bytes);
}

Coro<std::string> read_until(Shared stream, std::string separator) {
    if (separator.empty()) {
        throw ValueError("the separator needs at least one byte");
    }
    stream->throw_error();
    std::size_t found = stream->in.view().find(separator);
    while (found == std::string_view::npos) {
        const std::size_t clear =
            stream->in.size() - std::min(stream->in.size(), separator.size() - 1);
        if (clear > stream->limit) {
            throw LimitOverrunError("the separator is not within the limit", clear);
        }
        if (stream->at_end) {
            throw IncompleteReadError(stream->take(stream->in.size()), 0);
        }
        co_await stream->more("readuntil");
        stream->woken();
        found = stream->in.view().find(separator, clear); // what is clear is not searched again
    }
    if (found > stream->limit) {
        throw LimitOverrunError("the separator stands beyond the limit", found);
    }
    co_return stream->take(found + separator.size());
}

Coro<std::string> read_line(Shared stream) {
    try {
        co_return co_await read_until(stream, "\n");
    } catch (const IncompleteReadError& end) {
        co_return end.partial;
    } catch (const LimitOverrunError& overrun) {
        const bool whole = stream->in.view().substr(overrun.consumed).starts_with('\n');
        stream->take(whole ? overrun.consumed + 1 : stream->in.size());
        throw ValueError(overrun.what()); // as asyncio
    }
}

Coro<> drained(Shared stream) {
    if (stream->closing) {
        co_await Yield{}; // so that a loop of write and drain does not keep the others out
    }
    stream->throw_error();
    if (stream->closed()) {
        refuse("drain", ECONNRESET);
    }
    if (stream->pressed) {
        co_await stream->room.wait("room in a stream's buffer");
        stream->throw_error();
    }
}

Coro<> until_closed(Shared stream) {
    while (!stream->closed()) {
        co_await stream->gone.wait("the end of a connection");
    }
    stream->throw_error();
}

} // namespace
} // namespace detail

LimitOverrunError::LimitOverrunError(const std::string& what, std::size_t before)
    : Error(what), consumed(before) {}

IncompleteReadError::IncompleteReadError(std::string came, std::size_t wanted)
    : Error("the stream ended after " + std::to_string(came.size()) + " bytes" +
            (wanted > 0 ? " of " + std::to_string(wanted) : "")),
      partial(std::move(came)), expected(wanted) {}

StreamReader::StreamReader(detail::Ref<detail::Stream> stream) : stream_(std::move(stream)) {}
StreamWriter::StreamWriter(detail::Ref<detail::Stream> stream) : stream_(std::move(stream)) {}

// None of these is a coroutine itself: it would keep a pointer to a handle that may be gone.
Coro<std::string> StreamReader::read(std::size_t size_bytes) const {
    return detail::read_some(stream_, size_bytes);
}
Coro<std::size_t> StreamReader::read_into(std::span<char> room) const {
    return detail::read_into_room(stream_, room);
}
Coro<std::string> StreamReader::read() const { return detail::read_all(stream_); }
Coro<std::string> StreamReader::readexactly(std::size_t size_bytes) const {
    return detail::read_exactly(stream_, size_bytes);
}
Coro<std::string> StreamReader::readline() const { return detail::read_line(stream_); }
Coro<std::string> StreamReader::readuntil(std::string separator) const {
    return detail::read_until(stream_, std::move(separator));
}
bool StreamReader::at_eof() const { return stream_->at_end && stream_->in.size() == 0; }

void StreamWriter::write(std::string_view bytes) const { stream_->write(bytes); }
Coro<> StreamWriter::drain() const { return detail::drained(stream_); }
void StreamWriter::write_eof() const { stream_->write_eof(); }
void StreamWriter::close() const { stream_->close(); }
bool StreamWriter::is_closing() const { return stream_->closing; }
Coro<> StreamWriter::wait_closed() const { return detail::until_closed(stream_); }
std::size_t StreamWriter::buffered() const { return stream_->out.size(); }
const std::string& StreamWriter::peername() const { return stream_->peer; }
void StreamWriter::set_write_buffer_limits(std::size_t high_bytes, std::size_t low_bytes) const {
    if (low_bytes > high_bytes) {
        throw ValueError("the low mark is above the high mark");
    }
    stream_->high = high_bytes;
    stream_->low = low_bytes;
    stream_->press();
}

} // namespace aio

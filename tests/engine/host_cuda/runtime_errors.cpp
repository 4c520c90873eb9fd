// Names and words of the errors, in our own words.
#include "tests/engine/host_cuda/include/cuda_runtime_api.h"

namespace {

struct ErrorText {
    cudaError_t error;
    const char* name;
    const char* words;
};

constexpr ErrorText kErrors[] = {
    {cudaSuccess, "cudaSuccess", "no error"},
    {cudaErrorInvalidValue, "cudaErrorInvalidValue", "an argument is not valid"},
    {cudaErrorMemoryAllocation, "cudaErrorMemoryAllocation", "not enough memory"},
    {cudaErrorInitializationError, "cudaErrorInitializationError", "the driver could not be set up"},
    {cudaErrorInvalidConfiguration, "cudaErrorInvalidConfiguration", "a shape that no kernel can have"},
    {cudaErrorInvalidDevicePointer, "cudaErrorInvalidDevicePointer", "not an address of the card's memory"},
    {cudaErrorInvalidMemcpyDirection, "cudaErrorInvalidMemcpyDirection", "a copy in no known direction"},
    {cudaErrorInsufficientDriver, "cudaErrorInsufficientDriver", "the driver is older than the runtime"},
    {cudaErrorInvalidDeviceFunction, "cudaErrorInvalidDeviceFunction", "not a kernel"},
    {cudaErrorNoDevice, "cudaErrorNoDevice", "no card was found"},
    {cudaErrorInvalidDevice, "cudaErrorInvalidDevice", "no card has this number"},
    {cudaErrorNoKernelImageForDevice, "cudaErrorNoKernelImageForDevice", "no kernel was built for this card"},
    {cudaErrorECCUncorrectable, "cudaErrorECCUncorrectable", "the card's memory has an error that it cannot mend"},
    {cudaErrorPeerAccessUnsupported, "cudaErrorPeerAccessUnsupported", "the cards cannot reach each other"},
    {cudaErrorNvlinkUncorrectable, "cudaErrorNvlinkUncorrectable", "NVLink has an error that it cannot mend"},
    {cudaErrorInvalidResourceHandle, "cudaErrorInvalidResourceHandle", "not a handle of this card"},
    {cudaErrorNotReady, "cudaErrorNotReady", "not done yet"},
    {cudaErrorIllegalAddress, "cudaErrorIllegalAddress", "a kernel touched memory that is not its own"},
    {cudaErrorLaunchOutOfResources, "cudaErrorLaunchOutOfResources", "the kernel needs more than the card has"},
    {cudaErrorLaunchTimeout, "cudaErrorLaunchTimeout", "a kernel ran for too long"},
    {cudaErrorPeerAccessAlreadyEnabled, "cudaErrorPeerAccessAlreadyEnabled", "access is allowed already"},
    {cudaErrorPeerAccessNotEnabled, "cudaErrorPeerAccessNotEnabled", "access was not allowed"},
    {cudaErrorHostMemoryAlreadyRegistered, "cudaErrorHostMemoryAlreadyRegistered", "registered already"},
    {cudaErrorHostMemoryNotRegistered, "cudaErrorHostMemoryNotRegistered", "not registered"},
    {cudaErrorMisalignedAddress, "cudaErrorMisalignedAddress", "a kernel touched an address that is not aligned"},
    {cudaErrorLaunchFailure, "cudaErrorLaunchFailure", "a kernel failed"},
    {cudaErrorCooperativeLaunchTooLarge, "cudaErrorCooperativeLaunchTooLarge", "too many blocks to run together"},
    {cudaErrorNotSupported, "cudaErrorNotSupported", "this card cannot do that"},
    {cudaErrorStreamCaptureUnsupported, "cudaErrorStreamCaptureUnsupported", "not while a stream records"},
    {cudaErrorStreamCaptureInvalidated, "cudaErrorStreamCaptureInvalidated", "the recording was spoilt by an error"},
    {cudaErrorStreamCaptureUnmatched, "cudaErrorStreamCaptureUnmatched", "the recording began elsewhere"},
    {cudaErrorStreamCaptureUnjoined, "cudaErrorStreamCaptureUnjoined", "a stream of the recording was not waited for"},
    {cudaErrorStreamCaptureIsolation, "cudaErrorStreamCaptureIsolation", "the recording depends on work outside it"},
    {cudaErrorStreamCaptureImplicit, "cudaErrorStreamCaptureImplicit", "the default stream would wait for a recording"},
    {cudaErrorCapturedEvent, "cudaErrorCapturedEvent", "the event belongs to a recording"},
    {cudaErrorStreamCaptureWrongThread, "cudaErrorStreamCaptureWrongThread", "another thread began the recording"},
    {cudaErrorUnknown, "cudaErrorUnknown", "nobody knows"},
};

const ErrorText* text_of(cudaError_t error) {
    for (const ErrorText& entry : kErrors) {
        if (entry.error == error) {
            return &entry;
        }
    }
    return nullptr;
}

}  // namespace

const char* cudaGetErrorString(cudaError_t error) {
    const ErrorText* text = text_of(error);
    return text != nullptr ? text->words : "an error without words on the host";
}

const char* cudaGetErrorName(cudaError_t error) {
    const ErrorText* text = text_of(error);
    return text != nullptr ? text->name : "cudaErrorWithoutNameOnTheHost";
}

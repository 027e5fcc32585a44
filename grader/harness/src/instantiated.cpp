// instantiated.cpp: the templates that instantiated.hpp promises.
#include "lab/instantiated.hpp"

LAB_INSTANTIATE_ALL(template)

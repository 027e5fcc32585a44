#include <stdio.h>
#include <time.h>
int main(){struct timespec a,b;clock_gettime(CLOCK_MONOTONIC,&a);unsigned long x=1;for(long i=0;i<1000000000;i++){asm volatile("add $1,%0":"+r"(x));}clock_gettime(CLOCK_MONOTONIC,&b);printf("%f ns/add\n",((b.tv_sec-a.tv_sec)*1e9+b.tv_nsec-a.tv_nsec)/1e9);}

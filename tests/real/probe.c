/* probe.c -- the source that configure looks for. */
int main(void)
{
    return 0;
}

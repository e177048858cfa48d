"""Plans of the project tools, through MPXJ in a Java virtual machine of its own.

The machine runs in a worker process (`worker`), started on first use and kept (`client`): a file
that breaks it, fills its memory or never ends cannot take the kernel along. What a file is decides
its content (`kinds`); what stands in it travels as plain json, the *facts* (`extract`).
"""

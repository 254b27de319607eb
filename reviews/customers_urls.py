"""Customers, in the namespace of accounts, to whose models they belong; the pages need reviews and so live here."""

from django.urls import path

from reviews import customer_views

urlpatterns = [
    path("customers/", customer_views.index, name="customers"),
    path("customers/<int:pk>/", customer_views.page, name="customer"),
    path("customers/<int:pk>/rename/", customer_views.rename, name="rename_customer"),
    path("items/<int:review_pk>/customer/", customer_views.reassign, name="reassign"),
]

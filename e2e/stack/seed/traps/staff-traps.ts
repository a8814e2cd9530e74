// The shop's own people: counted apart, unless they bought.
import { byOrder, reason, type TrapShop } from './trap-shop.ts';

export function layStaffTraps(shop: TrapShop): void {
  const admin = {
    email: 'staff.admin@example.net',
    login: 'staffadmin',
    first: 'Ada',
    last: 'Admin',
  };
  const adminId = shop.account({ ...admin, role: 'administrator' });
  shop.staff({ id: 'staff-admin', name: 'Ada Admin', userId: adminId, email: admin.email });
  const manager = {
    email: 'staff.manager@example.net',
    login: 'staffmanager',
    first: 'Max',
    last: 'Manager',
  };
  const managerId = shop.account({ ...manager, role: 'shop_manager' });
  shop.staff({ id: 'staff-manager', name: 'Max Manager', userId: managerId, email: manager.email });
  const buying = {
    email: 'staff.buyer@example.net',
    login: 'staffbuyer',
    first: 'Bea',
    last: 'Buysherself',
  };
  const userId = shop.account({ ...buying, role: 'shop_manager' });
  const order = shop.order({
    hpos: buying.email,
    customer: userId,
    buyer: { first: buying.first, last: buying.last },
  });
  shop.person({
    id: 'staff-buyer',
    userId,
    contact: buying.email,
    reasons: [
      reason('accounts', 'staff', 'account same', shop.day(200)),
      byOrder(order, 'orders_hpos', 'buyer', 'same_account same'),
    ],
  });
}
